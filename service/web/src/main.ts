import 'element-plus/theme-chalk/base.css';
import './theme.css';
import './print.css';

import { createApp } from 'vue';

import App from './App.vue';

createApp(App).mount('#console');
